#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The processors that this process may run on: in a container, or under `taskset`, fewer than the machine has. Threads
/// beyond them would only take turns.
enum Processors {
    static var count: Int {
        min(max(self.allowed ?? Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), 1), 256)
    }

    /// The kernel's own list, such as `0-3,8` (proc_pid_status(5)); Swift does not see `sched_getaffinity`.
    private static var allowed: Int? {
        guard let status = try? InputFile.contents(of: "/proc/self/status", limit: 65_536) else { return nil }
        let name = "Cpus_allowed_list:"
        let lines = String(decoding: status, as: UTF8.self).split(separator: "\n")
        guard let line = lines.first(where: { $0.hasPrefix(name) }) else { return nil }
        var count = 0
        for range in line.dropFirst(name.count).split(whereSeparator: { $0 == "," || $0.isWhitespace }) {
            let ends = range.split(separator: "-").compactMap { Int($0) }
            guard let first = ends.first, let last = ends.last, first <= last else { return nil }
            count += last - first + 1
        }
        return count
    }
}
