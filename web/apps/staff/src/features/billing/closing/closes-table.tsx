import type { DayCloseBrief } from '@chairside/api'
import { Badge, Empty } from '@chairside/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Archive, Check, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useSlug, useWriting } from '@/lib/clinic'
import { Row, Rows } from '@/shell/page'
import { Money } from '../money'
import { More } from '../more'
import { closesQuery } from './queries'

/** Every close, the newest first; a row opens it with its papers. */
export function ClosesTable({ onOpen }: { onOpen: (id: string) => void }) {
  const t = useTranslations('day.drawer')
  const closes = useInfiniteQuery(closesQuery(useSlug()))
  return (
    <section className="grid gap-2">
      <h2 className="font-medium text-muted-foreground text-xs">{t('closes')}</h2>
      <Answer to={closes}>
        {({ pages }) => {
          const items = pages.flatMap(page => page.items)
          if (items.length === 0) return <Empty icon={Archive} title={t('noCloses')} about={t('noClosesAbout')} />
          return (
            <>
              <Rows
                caption={t('closes')}
                heads={[
                  { label: t('day') },
                  { label: t('number'), className: 'max-sm:hidden' },
                  { label: t('by'), className: 'max-sm:hidden' },
                  { label: t('difference') },
                  { label: t('deposited'), className: 'text-end!' },
                ]}
              >
                {items.map(close => (
                  <CloseRow key={close.id} close={close} onOpen={() => onOpen(close.id)} />
                ))}
              </Rows>
              <More of={closes} />
            </>
          )
        }}
      </Answer>
    </section>
  )
}

function CloseRow({ close, onOpen }: { close: DayCloseBrief; onOpen: () => void }) {
  const t = useTranslations('day.drawer')
  const writing = useWriting()
  const { cash, check, card } = close.difference
  const apart = (cash?.amount ?? 0) + (check?.amount ?? 0) + (card?.amount ?? 0)
  const fits = [cash, check, card].every(one => !one?.amount)
  const deposit = close.deposited.amount + (close.counted.check?.amount ?? 0)
  return (
    <Row name={writing.day(close.date)} onOpen={onOpen} inactive={!!close.reversal && t('reopened')}>
      <td className="tabular-nums max-sm:hidden">{close.number}</td>
      <td className="max-sm:hidden">
        <bdi>{close.closed_by}</bdi>
      </td>
      <td>
        {fits ? (
          <Badge>
            <Check aria-hidden /> {t('fits')}
          </Badge>
        ) : (
          <Badge tone="warn">
            <TriangleAlert aria-hidden />
            <bdi>{writing.money({ amount: apart, currency: close.deposited.currency })}</bdi>
          </Badge>
        )}
      </td>
      <td className="text-end font-medium">
        <Money of={{ amount: deposit, currency: close.deposited.currency }} />
      </td>
    </Row>
  )
}
