import { Banner, Button, Card } from '@chairside/ui'
import { useTranslations } from 'use-intl'

const FEW = 3

type RecoveryProps = { left: number; enrolled: boolean; onMake: () => void }

export function RecoveryCard({ left, enrolled, onMake }: RecoveryProps) {
  const t = useTranslations('security')
  return (
    <Card title={t('recoveryCodes')}>
      <div className="grid gap-3 p-4 text-sm">
        <p className="text-muted-foreground">{enrolled ? t('recoveryAbout') : t('recoveryLater')}</p>
        {enrolled && (
          <>
            {left <= FEW && <Banner tone="warn" title={t('codesFew', { count: left })} />}
            <div className="flex flex-wrap items-center gap-3">
              <span className="me-auto font-medium">{t('codesLeft', { count: left })}</span>
              <Button variant="outline" onClick={onMake}>
                {left ? t('makeCodesAnew') : t('makeCodes')}
              </Button>
            </div>
          </>
        )}
      </div>
    </Card>
  )
}
