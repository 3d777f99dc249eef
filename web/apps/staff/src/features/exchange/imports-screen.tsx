import { Button } from '@chairside/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { Answer, NotYours } from '@/lib/answer'
import { useMay, useSlug, useWriting } from '@/lib/clinic'
import { Page, Rows } from '@/shell/page'
import { FileDrop } from './file-drop'
import { ImportStatus } from './import-status'
import { importsQuery } from './queries'
import { Steps } from './steps'
import { useBring, useGoTo } from './use-bring'

/** The first step: a file. Below it, what was brought before. */
export function ImportsScreen() {
  const t = useTranslations('imports')
  const mayRun = useMay('imports.run')
  const bring = useBring(useGoTo())
  if (!mayRun) return <NotYours needs="imports.run" />
  return (
    <Page title={t('title')} about={t('about')}>
      <Steps at={0} />
      <FileDrop send={bring} />
      <Earlier />
    </Page>
  )
}

function Earlier() {
  const t = useTranslations('imports')
  const billing = useTranslations('billing')
  const clinic = useSlug()
  const writing = useWriting()
  const number = new Intl.NumberFormat(writing.format)
  const imports = useInfiniteQuery(importsQuery(clinic))
  return (
    <section className="mt-10">
      <h2 className="mb-3 font-semibold text-lg">{t('earlier')}</h2>
      <Answer to={imports} compact>
        {({ pages }) => {
          const items = pages.flatMap(page => page.items)
          if (items.length === 0) return <p className="text-muted-foreground text-sm">{t('noneEarlier')}</p>
          return (
            <>
              <Rows
                caption={t('earlier')}
                heads={[
                  { label: t('file') },
                  { label: t('when'), className: 'max-sm:hidden' },
                  { label: t('state') },
                  { label: t('patients'), className: 'text-end! max-sm:hidden' },
                ]}
              >
                {items.map(one => (
                  <tr key={one.id} className="relative border-b *:h-11 *:px-4 hover:bg-surface">
                    <th scope="row" className="text-start font-medium">
                      <Link
                        to="/c/$clinic/import/$import"
                        params={{ clinic, import: one.id }}
                        className="break-all after:absolute after:inset-0"
                      >
                        <bdi>{one.filename}</bdi>
                      </Link>
                    </th>
                    <td className="whitespace-nowrap text-muted-foreground max-sm:hidden">
                      {writing.dayOf(one.created_at)} <bdi dir="ltr">{writing.time(one.created_at)}</bdi>
                    </td>
                    <td>
                      <ImportStatus status={one.status} />
                    </td>
                    <td className="text-end tabular-nums max-sm:hidden">
                      {one.status === 'done' && number.format(one.counts?.accepted ?? 0)}
                    </td>
                  </tr>
                ))}
              </Rows>
              {imports.hasNextPage && (
                <Button variant="outline" className="mt-3" onClick={() => imports.fetchNextPage()}>
                  {billing('earlier')}
                </Button>
              )}
            </>
          )
        }}
      </Answer>
    </section>
  )
}
