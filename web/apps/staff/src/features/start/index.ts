export { SetUpCard } from './set-up-card'
export { StartScreen } from './start-screen'
