import { serverNow } from '@chairside/api'
import { useSlug } from '@/lib/clinic'
import { useLater } from '@/lib/later'
import { useSession } from '@/lib/session'

/** Over every page of a clinic that will soon let nobody in without a second factor, until there is one. */
export function FactorSoon() {
  const slug = useSlug()
  const { clinics, enrolled } = useSession()
  const from = clinics.find(one => one.slug === slug)?.second_factor_from
  const wanted = !enrolled && !!from && Date.parse(from) > serverNow()
  const Banner = useLater(wanted, () => import('./factor-banner'))
  return wanted && Banner ? <Banner from={from} /> : null
}
