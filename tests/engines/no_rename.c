/* Preloaded, it makes a folder like a volume of Databricks: nothing below it can be renamed or
   linked. NO_RENAME_BELOW names the folder, by its absolute path. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int below(int directory, const char *path) {
    const char *folder = getenv("NO_RENAME_BELOW");
    char place[PATH_MAX] = "", whole[2 * PATH_MAX], link[64];
    if (!folder) return 0;
    if (path[0] != '/') {
        if (directory == AT_FDCWD) {
            if (!getcwd(place, sizeof place)) return 0;
        } else {
            snprintf(link, sizeof link, "/proc/self/fd/%d", directory);
            ssize_t length = readlink(link, place, sizeof place - 1);
            if (length < 0) return 0;
            place[length] = 0;
        }
    }
    snprintf(whole, sizeof whole, "%s%s%s", place, place[0] ? "/" : "", path);
    return strncmp(whole, folder, strlen(folder)) == 0;
}

static int refused(void) {
    errno = ENOSYS;
    return -1;
}

#define REAL(type, name) type real = (type)dlsym(RTLD_NEXT, #name)

typedef int (*two)(const char *, const char *);
typedef int (*four)(int, const char *, int, const char *);
typedef int (*five_flags)(int, const char *, int, const char *, int);
typedef int (*five_unsigned)(int, const char *, int, const char *, unsigned int);

int rename(const char *from, const char *to) {
    REAL(two, rename);
    return below(AT_FDCWD, from) || below(AT_FDCWD, to) ? refused() : real(from, to);
}

int renameat(int a, const char *from, int b, const char *to) {
    REAL(four, renameat);
    return below(a, from) || below(b, to) ? refused() : real(a, from, b, to);
}

int renameat2(int a, const char *from, int b, const char *to, unsigned int flags) {
    REAL(five_unsigned, renameat2);
    return below(a, from) || below(b, to) ? refused() : real(a, from, b, to, flags);
}

int link(const char *from, const char *to) {
    REAL(two, link);
    return below(AT_FDCWD, from) || below(AT_FDCWD, to) ? refused() : real(from, to);
}

int linkat(int a, const char *from, int b, const char *to, int flags) {
    REAL(five_flags, linkat);
    return below(a, from) || below(b, to) ? refused() : real(a, from, b, to, flags);
}
