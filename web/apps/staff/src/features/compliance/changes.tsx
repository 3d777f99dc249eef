import type { SeenAuditEvent } from '@chairside/api'
import { useTranslations } from 'use-intl'
import { valueText } from './model'

/** Before and after, field by field, as they lie in the table. */
export function Changes({ of }: { of: SeenAuditEvent['changes'] }) {
  const t = useTranslations('audit')
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">{t('changes')}</caption>
      <thead className="text-muted-foreground text-xs *:*:py-1 *:*:pe-4 *:*:text-start *:*:font-medium">
        <tr>
          <th scope="col">{t('field')}</th>
          <th scope="col">{t('before')}</th>
          <th scope="col">{t('after')}</th>
        </tr>
      </thead>
      <tbody className="*:align-top *:*:py-1 *:*:pe-4">
        {of.map(one => (
          <tr key={one.field}>
            <th scope="row" className="text-start font-normal text-muted-foreground">
              <bdi>{one.field.replaceAll('_', ' ')}</bdi>
            </th>
            {one.hidden || !one.kept ? (
              <td colSpan={2} className="text-muted-foreground">
                {t(one.hidden ? 'hidden' : 'erased')}
              </td>
            ) : (
              <>
                <Value of={one.before} />
                <Value of={one.after} />
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Value({ of }: { of: unknown }) {
  return (
    <td className="break-words">{of === null || of === undefined ? <span aria-hidden>–</span> : <bdi>{valueText(of)}</bdi>}</td>
  )
}
