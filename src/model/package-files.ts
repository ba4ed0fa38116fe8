/** Where the package puts the two files of rg-listener (Cloudflare, Railgun: configuration and activation; file of the package). */
export const packageConf = '/etc/railgun/railgun.conf';
export const packageMap = '/etc/railgun/railgun-nat.conf';
