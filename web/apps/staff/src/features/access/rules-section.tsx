import { useQuery } from '@tanstack/react-query'
import { Answer } from '@/lib/answer'
import { useSlug } from '@/lib/clinic'
import { rulesQuery } from './queries'
import { RulesForm } from './rules-form'

/** What the clinic asks of those who sign in. */
export function RulesSection() {
  const rules = useQuery(rulesQuery(useSlug()))
  return <Answer to={rules}>{rules => <RulesForm rules={rules} />}</Answer>
}
