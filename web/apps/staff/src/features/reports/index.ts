export { DayStrip } from './day-strip'
