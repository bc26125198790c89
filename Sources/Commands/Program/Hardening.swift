#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What protects the traffic in the process and in its files from other users of the machine.
enum Hardening {
    static func apply() {
        // Files that hold traffic are for their owner only, also where something forgets to say so.
        umask(0o077)
        // A core file would hold passwords.
        var limit = rlimit(rlim_cur: 0, rlim_max: 0)
        #if canImport(Glibc)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
        #else
        setrlimit(RLIMIT_CORE, &limit)
        #endif
        // Core files piped to a collector ignore the limit; and no other process of the user may read our memory.
        prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
        signal(SIGPIPE, SIG_IGN)
    }
}
