import type { AuditEvent } from '@chairside/api'
import { useTranslations } from 'use-intl'
import { ENTITIES, type Entity, isAct, sentenceOf } from './model'

/** Names of people in the direction of their own letters, in a sentence of any. */
const apart = (name: string) => `\u2068${name}\u2069`

export function useEntityWords() {
  const t = useTranslations('audit.entities')
  return (entity: string) =>
    ENTITIES.includes(entity as Entity) ? t(entity as Entity) : apart(entity.replaceAll('_', ' ').replaceAll('.', ': '))
}

export function useActorWords() {
  const t = useTranslations('audit')
  return ({ name, kind }: { name: string | null; kind: string | null }) =>
    name ? apart(name) : t(kind === 'system' ? 'system' : 'somebody')
}

/** An event in one plain sentence. */
export function useSentence() {
  const t = useTranslations('audit.sentences')
  const words = useTranslations('audit')
  const entity = useEntityWords()
  const actor = useActorWords()
  return (event: AuditEvent) => {
    const said = isAct(event.action)
      ? words(`acts.${event.action}`, { who: actor(event.actor) })
      : t(sentenceOf(event), {
          who: actor(event.actor),
          what: entity(event.entity),
          whom: event.patient_name ? apart(event.patient_name) : words('aPatient'),
          count: event.patients ?? 0,
          action: event.action.replaceAll('_', ' '),
        })
    if (isAct(event.action) && event.outcome === 'refused') return t('actRefused', { said })
    return event.on_behalf_of ? words('onBehalf', { said, who: actor(event.on_behalf_of) }) : said
  }
}
