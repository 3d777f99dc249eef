import told from './conditions.json'

export type Layer = 'condition' | 'existing' | 'existing_other' | 'planned' | 'done' | 'referred'
export type ConditionName = keyof typeof told
export type Condition = {
  sort: 'problem' | 'work' | 'presence'
  surfaces: 'none' | 'optional' | 'required'
  materials: string[]
  details: string[]
  spans: boolean
  layers: Layer[]
  usual: { condition: ConditionName; material: string | null } | null
}

/** As the server has them (`chairside/charting/rules/conditions.py`; a test there holds this file against it). */
export const CONDITIONS = told as unknown as Record<ConditionName, Condition>
export const NAMES = Object.keys(told) as ConditionName[]

/** What one types for it, in every language; words of the language itself are understood besides. */
export const SHORT: Record<ConditionName, string> = {
  caries: 'c', fracture: 'fr', wear: 'we', watch: 'w', failing: 'fa', periapical: 'pa', rotation: 'ro', drift: 'dr',
  restoration: 'r', inlay: 'in', sealant: 's', veneer: 've', crown: 'cr', root_canal: 'rc', post: 'po', implant: 'imp',
  extraction: 'ex', bridge: 'br', splint: 'sp', denture: 'de', missing: 'x', unerupted: 'un', impacted: 'ip', erupted: 'er',
  root_remnant: 'rr',
} // biome-ignore format: one reads a list better in few lines

export const MATERIAL_SHORT: Record<string, string> = {
  composite: 'co', amalgam: 'am', glass_ionomer: 'gi', gold: 'go', ceramic: 'ce', zirconia: 'zi', metal_ceramic: 'mc', metal: 'me',
  temporary: 'te',
} // biome-ignore format: one reads a list better in few lines
