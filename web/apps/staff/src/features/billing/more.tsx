import { Button } from '@chairside/ui'
import { useTranslations } from 'use-intl'

type Paged = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }

export function More({ of }: { of: Paged }) {
  const t = useTranslations('billing')
  if (!of.hasNextPage) return null
  return (
    <div className="grid place-items-center p-4">
      <Button variant="outline" disabled={of.isFetchingNextPage} onClick={() => of.fetchNextPage()}>
        {t('earlier')}
      </Button>
    </div>
  )
}
