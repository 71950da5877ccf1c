/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <stddef.h>
#include <unistd.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include "serve/sandbox.h"

/*
 * What a server never does once it listens.  A list of what is refused, not
 * of what is allowed: the libraries below may call anything else, today and in
 * their next version, and nothing breaks.  Files are Landlock's; this is what
 * Landlock does not see, such as a program in memory that is no file.
 */
static const unsigned refused[] = {
    /* other programs */
    SYS_execve,
    SYS_execveat,
    SYS_memfd_create,
    /* new sockets, and io_uring, which would make them unseen */
    SYS_socket,
    SYS_connect,
    SYS_io_uring_setup,
    /* other processes and their memory */
    SYS_ptrace,
    SYS_process_vm_readv,
    SYS_process_vm_writev,
    SYS_kcmp,
    SYS_pidfd_open,
    SYS_pidfd_getfd,
    /* the system */
    SYS_mount,
    SYS_umount2,
    SYS_pivot_root,
    SYS_chroot,
    SYS_unshare,
    SYS_setns,
    SYS_open_by_handle_at,
    SYS_bpf,
    SYS_perf_event_open,
    SYS_userfaultfd,
    SYS_init_module,
    SYS_finit_module,
    SYS_delete_module,
    SYS_kexec_load,
    SYS_reboot,
    /* keys of the kernel */
    SYS_add_key,
    SYS_request_key,
    SYS_keyctl,
};

#define FRAME 8 /* instructions around the list */

/* Of which machine the numbers are; 0: of one that we do not know. */
static uint32_t machine(void)
{
#if SANDBOX_IN_THE_WAY
	return 0;
#elif defined(__x86_64__)
	return AUDIT_ARCH_X86_64;
#elif defined(__aarch64__) && defined(__AARCH64EL__)
	return AUDIT_ARCH_AARCH64;
#elif defined(__arm__) && defined(__ARMEL__)
	return AUDIT_ARCH_ARM;
#elif defined(__riscv) && __riscv_xlen == 64
	return AUDIT_ARCH_RISCV64;
#elif defined(__powerpc64__) && defined(__LITTLE_ENDIAN__)
	return AUDIT_ARCH_PPC64LE;
#elif defined(__s390x__)
	return AUDIT_ARCH_S390X;
#else
	return 0;
#endif
}

static struct sock_filter load(size_t offset)
{
	return (struct sock_filter)BPF_STMT(
	    BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset);
}

static struct sock_filter answer(uint32_t value)
{
	return (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, value);
}

/* If it is (so), goes yes instructions on, else no. */
static struct sock_filter ask(
    uint16_t so, uint32_t value, size_t yes, size_t no)
{
	return (struct sock_filter)BPF_JUMP(
	    BPF_JMP | so | BPF_K, value, (uint8_t)yes, (uint8_t)no);
}

static uint16_t fill(struct sock_filter *f, uint32_t arch)
{
	size_t n = COPL_COUNT(refused), at = 0, i;

	/* Calls by the numbers of another machine are none of ours. */
	f[at++] = load(offsetof(struct seccomp_data, arch));
	f[at++] = ask(BPF_JEQ, arch, 1, 0);
	f[at++] = answer(SECCOMP_RET_ERRNO | EPERM);
	f[at++] = load(offsetof(struct seccomp_data, nr));
#ifdef __x86_64__
	/* Nor are those of x32, which have a bit of their own. */
	f[at++] = ask(BPF_JGE, 0x40000000, n + 1, 0);
#endif
	for (i = 0; i < n; i++)
		f[at++] = ask(BPF_JEQ, refused[i], n - i, 0);
	f[at++] = answer(SECCOMP_RET_ALLOW);
	f[at++] = answer(SECCOMP_RET_ERRNO | EPERM);
	return (uint16_t)at;
}

int sandbox_calls(void)
{
	struct sock_filter f[COPL_COUNT(refused) + FRAME];
	struct sock_fprog program = {.filter = f};
	uint32_t arch = machine();

	_Static_assert(COPL_COUNT(refused) < 250, "a jump is a byte");
	if (arch == 0)
		return ENOSYS;
	program.len = fill(f, arch);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
		return errno;
	return 0;
}
