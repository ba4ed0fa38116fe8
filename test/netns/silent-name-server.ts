// A name server that answers nothing, where the system asks for names: port 53. Says that it is ready, and then a line
// for each question.
import { createSocket } from 'node:dgram';

const socket = createSocket('udp4');
socket.on('message', () => process.stdout.write('asked\n'));
socket.bind(53, '127.0.0.1', () => process.stdout.write('ready\n'));
