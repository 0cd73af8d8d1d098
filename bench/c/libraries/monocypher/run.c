/* Monocypher: key exchange, signatures, authenticated encryption, hashing, hashing of passwords. */
#include "../library.h"
#include "monocypher.h"

enum { SIZE = 8192, BLOCKS = 32 };
static uint8_t text[SIZE], box[SIZE], back[SIZE];
static uint64_t area[BLOCKS * 128];

static uint32_t exchange(uint32_t sum, uint8_t mine[32], uint8_t other[32])
{
    uint8_t my_public[32], their_public[32], shared[32], again[32];

    crypto_x25519_public_key(my_public, mine);
    crypto_x25519_public_key(their_public, other);
    crypto_x25519(shared, mine, their_public);
    crypto_x25519(again, other, my_public);
    CHECK(crypto_verify32(shared, again) == 0);
    return fold_bytes(sum, shared, 32);
}

static uint32_t sign(uint32_t sum, const uint8_t seed[32])
{
    uint8_t secret[64], public_key[32], signature[64], copy[32];

    memcpy(copy, seed, 32);
    crypto_eddsa_key_pair(secret, public_key, copy);
    crypto_eddsa_sign(signature, secret, text, 512);
    CHECK(crypto_eddsa_check(signature, public_key, text, 512) == 0);
    text[0] ^= 1;
    CHECK(crypto_eddsa_check(signature, public_key, text, 512) != 0);
    text[0] ^= 1;
    return fold_bytes(sum, signature, 64);
}

static uint32_t encrypt(uint32_t sum, const uint8_t key[32])
{
    uint8_t nonce[24] = {1}, mac[16];

    for (int i = 0; i < 8; i++) {
        nonce[1] = (uint8_t)i;
        crypto_aead_lock(box, mac, key, nonce, NULL, 0, text, SIZE);
        CHECK(crypto_aead_unlock(back, mac, key, nonce, NULL, 0, box, SIZE) == 0);
        CHECK(memcmp(text, back, SIZE) == 0);
        sum = fold_bytes(sum, mac, 16);
    }
    return sum;
}

static uint32_t hash(uint32_t sum, uint32_t round)
{
    uint8_t digest[64], salt[16] = {2};
    crypto_argon2_config config = {CRYPTO_ARGON2_I, BLOCKS, 3, 1};
    crypto_argon2_inputs inputs = {text, salt, 16, sizeof salt};

    for (uint32_t i = 0; i < 8; i++) {
        text[i] = (uint8_t)(text[i] + round);
        crypto_blake2b(digest, sizeof digest, text, SIZE);
        sum = fold_bytes(sum, digest, 16);
    }
    crypto_argon2(digest, 32, area, config, inputs, crypto_argon2_no_extras);
    return fold_bytes(sum, digest, 32);
}

uint32_t run(uint32_t rounds)
{
    uint32_t sum = 0;
    uint8_t mine[32], other[32];

    for (uint32_t i = 0; i < rounds; i++) {
        write_text(text, SIZE, i + 1);
        memcpy(mine, text, 32);
        memcpy(other, text + 32, 32);
        sum = exchange(sum, mine, other);
        sum = sign(sum, mine);
        sum = encrypt(sum, other);
        sum = hash(sum, i);
    }
    return sum;
}
