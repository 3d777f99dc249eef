export * from './geometry'
export * from './picture'
export * from './window'
