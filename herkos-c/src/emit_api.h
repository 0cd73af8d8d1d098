/*
 * emit_api.h: between emit_api.c (the interface of an instance), emit_instance.c (how it comes to
 * be) and emit_snapshot.c (how its state is saved).
 */
#ifndef HK_EMIT_API_H
#define HK_EMIT_API_H

#include "tree.h"

typedef struct HkApi {
    HkModule *m;
    HkBuf *out;
    bool library; /* it is lent its memory or a table */
    bool lent_memory, owns_memory, has_globals, has_tables, has_dropped;
    bool lent_growable;   /* the lent memory comes as one that can grow */
    uint32_t lends;       /* parts that other modules may want at once: memory, exported tables */
    const char *name;     /* Module or LibraryModule */
    const char **methods; /* of the exports, by export index; the getter of a global or table */
    const char **setters;
    HkNameSet names;
} HkApi;

/* emit_api.c */
const char *hk_api_host(const HkApi *a);                       /* its traits, or Host */
void hk_api_generics(const HkApi *a, HkBuf *out, bool bounds); /* <M, H>, what of it is needed */
void hk_api_impl(const HkApi *a, const char *trait_for);       /* the head of an impl */
void hk_api_any_impl(const HkApi *a, const char *trait);       /* for any host */
void hk_api_lent_params(const HkApi *a, HkBuf *text, const char *before); /* what is lent */
void hk_api_lent_args(const HkApi *a, HkBuf *text, const char *before);
void hk_api_checks(const HkApi *a); /* that it is within the limits of the imports */
void hk_api_fix_memory(const HkApi *a, uint32_t uses, const char *of);
void hk_api_state(const HkApi *a, HkBuf *text, uint32_t uses, const char *of);

/* emit_instance.c */
void hk_api_struct(const HkApi *a);
void hk_api_new(const HkApi *a);
void hk_api_boxed(const HkApi *a);

/* emit_snapshot.c */
void hk_api_snapshot(const HkApi *a);

#endif
