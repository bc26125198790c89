import CaptureFiles
import IMAPSession
import Reporting

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What the program may do, once the interface is open, no more than its user.
enum Privileges {
    /// Becomes the user who called sudo(8), and gives up every capability. To be called before the first thread starts: a
    /// capability belongs to a thread, and to those that it starts.
    static func drop() throws(Failure) {
        if geteuid() == 0, let user = Self.number("SUDO_UID"), let group = Self.number("SUDO_GID"), user != 0 {
            var groups = [gid_t(group)]
            guard setgroups(1, &groups) == 0, setgid(gid_t(group)) == 0, setuid(uid_t(user)) == 0 else {
                throw Failure(.software, "cannot give up privileges: \(systemErrorText(errno))", blame: .imapscope)
            }
        }
        guard CapturePrivileges.drop() else {
            throw Failure(.software, "cannot give up capabilities: \(systemErrorText(errno))", blame: .imapscope)
        }
    }

    private static func number(_ name: String) -> UInt32? { Environment.value(name).flatMap { UInt32($0) } }
}
