/* A binary search tree and a linked list in an arena: insert, find, remove, walk; reverse, merge sort. */
#include "size.h"

enum { ROOM = 200 };
typedef struct Node Node;
struct Node {
    uint32_t key, count;
    Node *left, *right, *next;
};

static Node arena[ROOM];
static uint32_t used;
static Node *spare, *root, *list;
static uint32_t state;

static uint32_t next_key(void)
{
    state = state * 1664525u + 1013904223u;
    return state >> 22;
}

static Node *take(uint32_t key)
{
    Node *n = spare;

    if (n)
        spare = n->next;
    else if (used < ROOM)
        n = &arena[used++];
    else
        return NULL;
    *n = (Node){.key = key, .count = 1, .next = list};
    return list = n;
}

static Node **place_of(uint32_t key)
{
    Node **p = &root;

    while (*p && (*p)->key != key)
        p = key < (*p)->key ? &(*p)->left : &(*p)->right;
    return p;
}

static bool insert(uint32_t key)
{
    Node **p = place_of(key);

    if (*p)
        (*p)->count++;
    else
        *p = take(key);
    return *p;
}

static void unlink(Node *node)
{
    for (Node **p = &list; *p; p = &(*p)->next)
        if (*p == node) {
            *p = node->next;
            break;
        }
    node->next = spare;
    spare = node;
}

static void remove_key(uint32_t key)
{
    Node **p = place_of(key), *n = *p;

    if (!n)
        return;
    if (n->left && n->right) {
        Node **q = &n->left;
        while ((*q)->right)
            q = &(*q)->right;
        Node *biggest = *q;
        *q = biggest->left;
        biggest->left = n->left;
        biggest->right = n->right;
        *p = biggest;
    } else {
        *p = n->left ? n->left : n->right;
    }
    unlink(n);
}

static uint32_t walk(const Node *n, uint32_t sum)
{
    return n ? walk(n->right, fold(walk(n->left, sum), n->key * 4 + n->count)) : sum;
}

static Node *merge(Node *a, Node *b)
{
    Node *head, **end = &head;

    while (a && b) {
        Node **least = a->key <= b->key ? &a : &b;
        *end = *least;
        end = &(*least)->next;
        *least = *end;
    }
    *end = a ? a : b;
    return head;
}

static Node *sorted(Node *l)
{
    Node *slow = l, *fast;

    if (!l || !l->next)
        return l;
    for (fast = l->next; fast && fast->next; fast = fast->next->next)
        slow = slow->next;
    fast = slow->next;
    slow->next = NULL;
    return merge(sorted(l), sorted(fast));
}

static Node *reversed(Node *l)
{
    Node *done = NULL;

    while (l) {
        Node *rest = l->next;
        l->next = done;
        done = l;
        l = rest;
    }
    return done;
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;

    state = 1;
    while (rounds--) {
        for (int i = 0; i < 120; i++)
            sum += insert(next_key());
        for (int i = 0; i < 100; i++)
            remove_key(next_key());
        sum = walk(root, sum);
        list = reversed(sorted(list));
        for (Node *n = list; n; n = n->next)
            sum = fold(sum, n->key);
    }
    return sum;
}
