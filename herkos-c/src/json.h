/*
 * json.h: a writer of JSON (RFC 8259). What is in the outermost two levels stands on a line of its
 * own.
 */
#ifndef HK_JSON_H
#define HK_JSON_H

#include "support.h"

typedef struct HkJson {
    HkBuf *out;
    uint32_t depth;
    bool follows; /* something stands before in the same object or array */
    char close[8];
} HkJson;

/* A key is NULL in an array. */
void hk_json_object(HkJson *j, const char *key);
void hk_json_array(HkJson *j, const char *key);
void hk_json_end(HkJson *j); /* of the object or array at hand */
void hk_json_uint(HkJson *j, const char *key, uint64_t value);
void hk_json_bool(HkJson *j, const char *key, bool value);
void hk_json_null(HkJson *j, const char *key);
void hk_json_text(HkJson *j, const char *key, const char *text, size_t length); /* UTF-8 */
void hk_json_string(HkJson *j, const char *key, const char *text);

#endif
