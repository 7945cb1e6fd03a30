import { redirect } from 'next/navigation';
import { paths } from '@/navigation/paths.ts';

export default function Home() {
  redirect(paths.incidents());
}
