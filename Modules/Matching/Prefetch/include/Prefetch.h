#pragma once

/// Asks the processor to have this memory near soon. Swift has no word for it; it changes nothing but
/// the time a later read takes, and any address is fine.
static inline void prefetch(const void *_Nonnull address) { __builtin_prefetch(address); }
