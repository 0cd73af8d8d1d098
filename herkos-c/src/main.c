/*
 * main.c: the command line. It alone reads and writes files: each output goes to a temporary file
 * beside its place and is renamed when all are complete, so that no failure leaves a half-written
 * file or touches an earlier one.
 */
#include <herkos.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef _WIN32
#include <fcntl.h>
#include <io.h>
#else
#include <sys/stat.h>
#endif

typedef struct Arguments {
    HerkosOptions options;
    const char *input, *output, *report, *map;
} Arguments;

static const char usage[] =
    "Usage: herkos-c [OPTION]... INPUT.wasm\n"
    "Turns a WebAssembly module into a Rust module that has no unsafe code.\n\n"
    "  -o OUT.rs            write to OUT.rs instead of standard output (\"-\")\n"
    "  --name NAME          name of the Rust module (default: the input's, without extension)\n"
    "  --max-pages N        upper limit of the memory, in pages of 64 KiB (1 to 65536)\n"
    "  --max-memory BYTES   upper limit of the memory, in bytes; access beyond it traps\n"
    "  --nan spec|canonical bits of NaN results: as the specification leaves open, or always "
    "canonical\n"
    "  --fuel               count work and trap when it is used up\n"
    "  --trace              note where a trap arises: its functions and code offsets\n"
    "  --max-stack BYTES    host stack that recursion may use (default: 1048576)\n"
    "  --part-bytes N       code in one Rust module of a large module (default: 65536)\n"
    "  --without ANALYSIS   for comparison, leave out: memory-length, counters or rerolling\n"
    "  --report FILE        write facts about the module to FILE, as JSON\n"
    "  --map FILE           write to FILE which lines of the output are which code\n"
    "  --version, --help    print the version or this text\n\n"
    "INPUT may be \"-\" for standard input. Exit status: 0, 1 for a bad module or file, 2 for a "
    "bad command line.\n";

static int bad_usage(const char *what, const char *arg)
{
    fprintf(stderr, "herkos-c: %s%s%s; see herkos-c --help\n", what, arg ? ": " : "",
            arg ? arg : "");
    return 2;
}

/* A decimal number from 1 to `most`; 0 if it is none. */
static uint64_t parse_number(const char *text, uint64_t most)
{
    uint64_t value = 0;

    if (!*text)
        return 0;
    for (; *text; text++) {
        if (*text < '0' || *text > '9' || value > (UINT64_MAX - 9) / 10)
            return 0;
        value = value * 10 + (uint64_t)(*text - '0');
    }
    return value <= most ? value : 0;
}

static bool take_flag(HerkosOptions *options, const char *name)
{
    bool *flag = strcmp(name, "--fuel") == 0    ? &options->fuel
                 : strcmp(name, "--trace") == 0 ? &options->trace
                                                : NULL;

    if (flag)
        *flag = true;
    return flag != NULL;
}

/* Takes an option that has a value. 0: taken, 1: is none, 2: bad value. */
static int take_valued(Arguments *a, const char *name, const char *value)
{
    uint64_t number = 0;

    if (strcmp(name, "-o") == 0) {
        a->output = value;
    } else if (strcmp(name, "--name") == 0) {
        a->options.name = value;
    } else if (strcmp(name, "--report") == 0) {
        a->report = value;
    } else if (strcmp(name, "--map") == 0) {
        a->map = value;
        a->options.map = true;
    } else if (strcmp(name, "--nan") == 0) {
        a->options.canonical_nan = strcmp(value, "canonical") == 0;
        return a->options.canonical_nan || strcmp(value, "spec") == 0 ? 0 : 2;
    } else if (strcmp(name, "--without") == 0) {
        bool *analysis = strcmp(value, "memory-length") == 0 ? &a->options.opaque_memory
                         : strcmp(value, "counters") == 0    ? &a->options.plain_counters
                         : strcmp(value, "rerolling") == 0   ? &a->options.unrolled_loops
                                                             : NULL;
        if (!analysis)
            return 2;
        *analysis = true;
    } else if (strcmp(name, "--max-pages") == 0) {
        number = parse_number(value, 65536);
        a->options.max_pages = (uint32_t)number;
        return number ? 0 : 2;
    } else if (strcmp(name, "--max-memory") == 0) {
        number = parse_number(value, UINT64_C(1) << 32);
        a->options.max_memory = number;
        return number ? 0 : 2;
    } else if (strcmp(name, "--max-stack") == 0) {
        number = parse_number(value, UINT32_MAX);
        a->options.max_stack = (uint32_t)number;
        return number ? 0 : 2;
    } else if (strcmp(name, "--part-bytes") == 0) {
        number = parse_number(value, UINT32_MAX);
        a->options.part_bytes = (uint32_t)number;
        return number ? 0 : 2;
    } else {
        return 1;
    }
    return 0;
}

/* -1: go on; else exit with that status. */
static int parse_arguments(Arguments *a, int argc, char **argv)
{
    bool only_files = false;

    for (int i = 1; i < argc; i++) {
        const char *arg = argv[i];
        if (only_files || arg[0] != '-' || strcmp(arg, "-") == 0) {
            if (a->input)
                return bad_usage("more than one input", arg);
            a->input = arg;
            continue;
        }
        if (strcmp(arg, "--version") == 0) {
            printf("herkos-c %s\n", herkos_version());
            return 0;
        }
        if (strcmp(arg, "--help") == 0) {
            fputs(usage, stdout);
            return 0;
        }
        if (strcmp(arg, "--") == 0) {
            only_files = true;
            continue;
        }
        if (take_flag(&a->options, arg))
            continue;
        int taken = take_valued(a, arg, i + 1 < argc ? argv[i + 1] : "");
        if (taken == 1)
            return bad_usage("unknown option", arg);
        if (i + 1 == argc)
            return bad_usage("missing value of option", arg);
        if (taken == 2)
            return bad_usage("bad value of option", arg);
        i++;
    }
    return a->input ? -1 : bad_usage("no input file", NULL);
}

/* The whole file in memory. NULL, with a message printed, if it can't be had. */
static uint8_t *read_file(const char *path, size_t *length)
{
    bool standard = strcmp(path, "-") == 0;
    FILE *file = standard ? stdin : fopen(path, "rb");
    uint8_t *bytes = NULL;
    size_t capacity = 0, got = 0;

#ifdef _WIN32
    if (standard)
        _setmode(_fileno(stdin), _O_BINARY);
#endif
    if (!file) {
        fprintf(stderr, "%s: cannot read: %s\n", path, strerror(errno));
        return NULL;
    }
    for (;;) {
        if (got == capacity) {
            capacity = capacity ? capacity * 2 : 65536;
            uint8_t *grown = realloc(bytes, capacity);
            if (!grown) {
                errno = ENOMEM;
                break;
            }
            bytes = grown;
        }
        errno = 0;
        size_t n = fread(bytes + got, 1, capacity - got, file);
        got += n;
        if (!n)
            break;
    }
    bool bad = ferror(file) || errno == ENOMEM;
    if (bad)
        fprintf(stderr, "%s: cannot read: %s\n", path, strerror(errno));
    if (!standard)
        fclose(file);
    if (bad) {
        free(bytes);
        return NULL;
    }
    *length = got;
    return bytes;
}

/* A file to be written. */
typedef struct Output {
    const char *path, *text;
    size_t length;
    char *temporary; /* the path of a file that holds the text, or NULL */
} Output;

static bool cannot_write(const char *path, int error)
{
    fprintf(stderr, "%s: cannot write: %s\n", path, strerror(error));
    return false;
}

static bool write_stream(FILE *file, const char *text, size_t length)
{
    bool written = fwrite(text, 1, length, file) == length;

    return fflush(file) == 0 && written;
}

/* Standard output, a device or a pipe is written to; renaming a file to its name would take its
 * place. */
static bool is_special(const char *path)
{
    if (strcmp(path, "-") == 0)
        return true;
#ifdef _WIN32
    return false;
#else
    struct stat status;

    return stat(path, &status) == 0 && !S_ISREG(status.st_mode);
#endif
}

static bool write_special(const Output *out)
{
    bool standard = strcmp(out->path, "-") == 0;
    FILE *file = standard ? stdout : fopen(out->path, "wb");
    bool done = file && write_stream(file, out->text, out->length);
    int error = errno;

    if (file && !standard)
        fclose(file);
    return done || cannot_write(standard ? "standard output" : out->path, error);
}

/* Opens a file beside `path` that nobody else uses, not even herkos-c with the same output. */
static FILE *open_temporary(Output *out)
{
    const size_t size = strlen(out->path) + 32;
    FILE *file = NULL;

    out->temporary = malloc(size);
    errno = ENOMEM;
    for (int i = 0; out->temporary && !file && i < 1000; i++) {
        snprintf(out->temporary, size, "%s.herkos-tmp%d", out->path, i);
        file = fopen(out->temporary, "wbx");
        if (!file && errno != EEXIST)
            break;
    }
    if (!file) {
        free(out->temporary);
        out->temporary = NULL;
    }
    return file;
}

/* Writes the temporary file. */
static bool prepare(Output *out)
{
    FILE *file = open_temporary(out);

    if (!file)
        return cannot_write(out->path, errno);
    bool done = write_stream(file, out->text, out->length);
    int error = errno;
    if (fclose(file) != 0 && done) {
        done = false;
        error = errno;
    }
    return done || cannot_write(out->path, error);
}

static bool put_in_place(Output *out)
{
#ifdef _WIN32
    remove(out->path); /* rename does not replace there */
#endif
    if (rename(out->temporary, out->path) != 0)
        return cannot_write(out->path, errno);
    free(out->temporary);
    out->temporary = NULL;
    return true;
}

/* All or none: what is likely to fail comes before any file is in its place. */
static bool write_outputs(Output *outputs, size_t count)
{
    bool done = true;

    for (size_t i = 0; done && i < count; i++)
        if (!is_special(outputs[i].path))
            done = prepare(&outputs[i]);
    for (size_t i = 0; done && i < count; i++)
        if (!outputs[i].temporary)
            done = write_special(&outputs[i]);
    for (size_t i = 0; done && i < count; i++)
        if (outputs[i].temporary)
            done = put_in_place(&outputs[i]);
    for (size_t i = 0; i < count; i++) {
        if (outputs[i].temporary)
            remove(outputs[i].temporary);
        free(outputs[i].temporary);
    }
    return done;
}

static const char *file_name(const char *path)
{
    const char *name = path;

    for (; *path; path++)
        if (*path == '/' || *path == '\\')
            name = path + 1;
    return name;
}

static char *stem(const char *name)
{
    const char *dot = strrchr(name, '.');
    size_t length = dot && dot > name ? (size_t)(dot - name) : strlen(name);
    char *text = malloc(length + 1);

    if (text) {
        memcpy(text, name, length);
        text[length] = '\0';
    }
    return text;
}

static void print_warnings(const char *input, const char *text)
{
    while (*text) {
        size_t length = strcspn(text, "\n");
        fprintf(stderr, "%s: warning: %.*s\n", input, (int)length, text);
        text += length + (text[length] == '\n');
    }
}

static int transpile(const Arguments *a)
{
    HerkosResult result;
    size_t length = 0;
    uint8_t *bytes = read_file(a->input, &length);
    int status = 1;

    if (!bytes)
        return 1;
    if (!herkos_transpile(bytes, length, &a->options, &result)) {
        fprintf(stderr, "%s:0x%lx: %s\n", a->input, (unsigned long)result.diagnostic.offset,
                result.diagnostic.message);
    } else {
        print_warnings(a->input, result.warnings);
        Output outputs[3];
        size_t count = 0;
        outputs[count++] =
            (Output){a->output ? a->output : "-", result.text, result.text_length, NULL};
        if (a->report)
            outputs[count++] = (Output){a->report, result.report, result.report_length, NULL};
        if (a->map)
            outputs[count++] = (Output){a->map, result.map, result.map_length, NULL};
        if (write_outputs(outputs, count))
            status = 0;
        herkos_free(&result);
    }
    free(bytes);
    return status;
}

int main(int argc, char **argv)
{
    Arguments a = {0};
    char *named = NULL;
    int status = parse_arguments(&a, argc, argv);

    if (status >= 0)
        return status;
    a.options.file = strcmp(a.input, "-") == 0 ? "standard input" : file_name(a.input);
    if (!a.options.name)
        a.options.name = named = stem(strcmp(a.input, "-") == 0 ? "module" : a.options.file);
    if (!a.options.name) {
        fprintf(stderr, "herkos-c: out of memory\n");
        return 1;
    }
    status = transpile(&a);
    free(named);
    return status;
}
