#pragma once
#include <errno.h>
#include <pcap/pcap.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <linux/capability.h>

// The calling thread, and those that it starts, have no capability any more. capset(2) has no wrapper in libc.
static inline int imapscope_drop_capabilities(void) {
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
    struct __user_cap_data_struct data[2];
    memset(data, 0, sizeof data);
    return (int)syscall(SYS_capset, &header, data);
}
