/*
 * emit_snapshot.c: how an instance is saved and restored, part by part, through
 * herkos_runtime::snapshot, where the format is described.
 *
 * One walk over the parts is made three times: for what saves them, for what restores them, and for
 * a description of which there are. Which globals and tables are stored depends on options and on
 * analyses, not on the module alone: so a snapshot carries the description's hash beside that of
 * the module.
 */
#include "emit_api.h"

typedef enum Walk { DESCRIBE, SAVE, RESTORE } Walk;

static const char *borrow(Walk walk)
{
    return walk == SAVE ? "&" : "&mut ";
}

/* The Saver or Restorer. */
static const char *variable(Walk walk)
{
    return walk == SAVE ? "to" : "from";
}

/* All sizes of tables come before anything is restored: restoring can still be refused then. */
static void put_table_sizes(const HkApi *a, HkBuf *out, Walk walk)
{
    for (uint32_t i = 0; i < a->m->table_count; i++) {
        const HkTable *t = &a->m->tables[i];
        unsigned long index = i;
        if (hk_table_place(t) != HK_TABLE_STORED)
            continue;
        if (walk == DESCRIBE)
            hk_buf_format(out, "size %lu\n", index);
        else if (walk == SAVE)
            hk_buf_format(out, "        to.table_size(&self.tables.table_%lu)?;\n", index);
        else
            hk_buf_format(out,
                          "        let size_%lu = from.table_size(&self.tables.table_%lu, "
                          "%llu)?;\n",
                          index, index, (unsigned long long)t->limits.min);
    }
}

static void put_memory(const HkApi *a, HkBuf *out, Walk walk)
{
    if (!a->owns_memory)
        return;
    if (walk == DESCRIBE)
        hk_buf_text(out, "memory\n");
    else if (walk == SAVE)
        hk_buf_text(out, "        to.memory(self.memory.bytes())?;\n");
    else
        hk_buf_format(out, "        from.memory(&mut self.memory, %llu..=MEMORY_BYTES)?;\n",
                      (unsigned long long)a->m->initial_bytes);
}

static void put_globals(const HkApi *a, HkBuf *out, Walk walk)
{
    HkBuf *text = &a->m->line;

    if (a->has_globals && walk != DESCRIBE)
        hk_buf_format(out, "        let globals = %sself.globals;\n", borrow(walk));
    for (uint32_t i = 0; i < a->m->global_count; i++) {
        const HkGlobal *g = &a->m->globals[i];
        if (hk_global_place(g) != HK_GLOBAL_STORED)
            continue;
        if (walk == DESCRIBE) {
            hk_buf_format(out, "global %lu\n", (unsigned long)i);
            continue;
        }
        text->length = 0;
        hk_buf_format(text, "%s.value(\1%sglobals.%s\1)?;", variable(walk), borrow(walk), g->ident);
        hk_layout_list(out, text->text, 2);
    }
}

static void put_tables(const HkApi *a, HkBuf *out, Walk walk)
{
    for (uint32_t i = 0; i < a->m->table_count; i++) {
        unsigned long index = i;
        if (hk_table_place(&a->m->tables[i]) != HK_TABLE_STORED)
            continue;
        if (walk == DESCRIBE)
            hk_buf_format(out, "table %lu\n", index);
        else if (walk == SAVE)
            hk_buf_format(out, "        to.table(&self.tables.table_%lu)?;\n", index);
        else
            hk_buf_format(out, "        from.table(&mut self.tables.table_%lu, size_%lu)?;\n",
                          index, index);
    }
}

static void put_part(HkBuf *out, Walk walk, const char *method, const char *field)
{
    if (walk == DESCRIBE)
        hk_buf_format(out, "%s\n", field);
    else
        hk_buf_format(out, "        %s.%s(%sself.%s)?;\n", variable(walk), method, borrow(walk),
                      field);
}

static void put_parts(const HkApi *a, HkBuf *out, Walk walk)
{
    put_table_sizes(a, out, walk);
    put_memory(a, out, walk);
    put_globals(a, out, walk);
    put_tables(a, out, walk);
    if (a->m->drops_data)
        put_part(out, walk, "dropped", "dropped.data");
    if (a->m->drops_elems)
        put_part(out, walk, "dropped", "dropped.elems");
    if (a->m->options->fuel)
        put_part(out, walk, "value", "fuel");
}

/* The parts' description is left in m->body. */
static void put_state_const(const HkApi *a)
{
    HkBuf *text = &a->m->body;
    char hash[65];

    text->length = 0;
    put_parts(a, text, DESCRIBE);
    hk_sha256((const uint8_t *)text->text, text->length, hash);
    hk_buf_format(a->out,
                  "\n// In snapshots: the hash of the input, and of which parts are saved.\n"
                  "const STATE: &str = \"%s%.8s\";\n",
                  a->m->hash, hash);
}

static void put_method(const HkApi *a, Walk walk, const char *head, const char *start)
{
    hk_buf_format(a->out, "%s        ", head);
    if (a->m->body.length)
        hk_buf_format(a->out, "let mut %s = ", variable(walk));
    hk_buf_format(a->out, "snapshot::%s, STATE)?;\n", start);
    put_parts(a, a->out, walk);
    hk_buf_text(a->out, "        Ok(())\n    }\n");
}

void hk_api_snapshot(const HkApi *a)
{
    put_state_const(a);
    hk_api_any_impl(a, "snapshot::Snapshot");
    put_method(
        a, SAVE,
        "    fn save_state<S: snapshot::Sink>(&self, sink: &mut S) -> Result<(), S::Error> {\n",
        "Saver::new(sink");
    put_method(a, RESTORE,
               "\n    fn restore_state<S: snapshot::Source>(\n"
               "        &mut self,\n        source: &mut S,\n"
               "    ) -> Result<(), snapshot::Error<S::Error>> {\n",
               "Restorer::new(source");
    hk_buf_text(a->out, "}\n");
}
