import { endLooking, lookingIn } from '@chairside/api'
import { Button } from '@chairside/ui'
import { Eye } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useSlug } from '@/lib/clinic'

/** Above everything while the product is seen as another role; one press ends it. */
export function LookingBar() {
  const t = useTranslations('shell')
  const clinic = useSlug()
  const looking = lookingIn(clinic)
  if (!looking) return null
  return (
    <div role="status" className="flex items-center gap-2 bg-warn-soft px-3 py-1.5 text-sm text-warn">
      <Eye aria-hidden className="size-4 shrink-0" />
      <p className="me-auto min-w-0 font-medium">{t('looking', { role: looking.name })}</p>
      <Button size="sm" variant="outline" onClick={() => endLooking(`/c/${clinic}/admin/roles`)}>
        {t('endLooking')}
      </Button>
    </div>
  )
}
