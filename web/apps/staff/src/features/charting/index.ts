export { ChartSection } from './chart-section'
export { useChartWords } from './use-chart-words'
