#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What protects the traffic in the process and in its files from other users of the machine.
enum Hardening {
    static func apply() {
        self.occupyStandardDescriptors()
        // Files that hold traffic are for their owner only, also where something forgets to say so.
        umask(0o077)
        // A core file would hold passwords. 1 is too small for any core file and, other than 0, also keeps the kernel
        // from piping one to a collector (core(5), do_coredump).
        var limit = rlimit(rlim_cur: 1, rlim_max: 1)
        #if canImport(Glibc)
            setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
        #else
            setrlimit(RLIMIT_CORE, &limit)
        #endif
        signal(SIGPIPE, SIG_IGN)
    }

    /// The next socket would get the number of a standard stream that the caller has closed, and a peer the transcript.
    ///
    /// Each is opened the wrong way round: using it is an error, as it is on a closed one.
    private static func occupyStandardDescriptors() {
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) < 0 {
            _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }
}
