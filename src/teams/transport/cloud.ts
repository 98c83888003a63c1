/** The Microsoft cloud that the tenant is in; GCC is public. */
export type Cloud = 'public' | 'gcc-high' | 'dod' | 'china' | 'france' | 'germany' | 'custom';
