import { benchNotifications } from './notifications.ts'

console.log(await benchNotifications(5000, 5))
