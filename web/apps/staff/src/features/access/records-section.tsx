import { useQuery } from '@tanstack/react-query'
import { Answer } from '@/lib/answer'
import { useSlug } from '@/lib/clinic'
import { recordRulesQuery } from './queries'
import { RecordsCard } from './records-card'

/** Whose business a patient's record is. */
export function RecordsSection() {
  const rules = useQuery(recordRulesQuery(useSlug()))
  return (
    <div className="max-w-3xl">
      <Answer to={rules}>{rules => <RecordsCard rules={rules} />}</Answer>
    </div>
  )
}
