export interface Pages {
  isFetching: boolean;
  fetchNextPage(): Promise<unknown>;
  refetch(): Promise<unknown>;
}

/**
 * Reads the next page. That gives up a read of all pages that is on its way, and with it the news which that was for, so
 * it is begun again after.
 */
export async function readNextPage({ isFetching, fetchNextPage, refetch }: Pages): Promise<void> {
  await fetchNextPage();
  if (isFetching) await refetch();
}
