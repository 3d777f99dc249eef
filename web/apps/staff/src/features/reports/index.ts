export { DayScreen, type DaySearch } from './day-screen'
export { DayStrip } from './day-strip'
