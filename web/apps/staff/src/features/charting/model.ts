import type { Finding, NewFinding, ToothChart } from '@chairside/api'
import type { Entry, Found, Layer } from '@chairside/dental'

export const LAYERS: Layer[] = ['condition', 'existing', 'existing_other', 'planned', 'done', 'referred']

/** The days on which something was noted, the first first. */
export function daysOf(findings: Finding[]): string[] {
  return [...new Set(findings.filter(one => !one.struck_at).map(one => one.noted_on))].sort()
}

/** The latest first; of one day, as they were written. */
export function listed(findings: Finding[], layers: ReadonlySet<Layer>, until: string | undefined, struck: boolean): Finding[] {
  return findings
    .filter(one => layers.has(one.layer) && (struck || !one.struck_at) && (!until || one.noted_on <= until))
    .toSorted((a, b) => b.noted_on.localeCompare(a.noted_on) || b.created_at.localeCompare(a.created_at))
}

export const foundOf = (chart: ToothChart): Found[] => chart.findings as Found[]

export const bodyOf = (entry: Entry, provider_id: string | undefined): NewFinding =>
  ({
    teeth: entry.teeth,
    surfaces: entry.surfaces,
    condition: entry.condition,
    layer: entry.layer,
    material: entry.material,
    pontics: entry.pontics,
    plan: entry.plan,
    provider_id,
  }) as NewFinding
