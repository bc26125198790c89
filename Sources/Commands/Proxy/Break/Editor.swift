import Cryptography
import IMAPSession
import Reporting

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The person's editor on a file that only its owner can read, in a folder of its own, for editors keep copies beside it.
struct Editor: Sendable {
    /// For the shell.
    var command: String
    var terminal: BreakTerminal

    /// No message that a person edits is longer.
    private static let longest = 8 << 20
    private static let look: UInt32 = 50_000

    /// What $VISUAL or $EDITOR say.
    static var preferred: String {
        let wishes = [Environment.value("VISUAL"), Environment.value("EDITOR")].compactMap(\.self)
        return wishes.first { !$0.isEmpty } ?? "vi"
    }

    /// Lets the person edit `text`.
    ///
    /// - Parameter tick: called now and then while the editor is open.
    func edit(_ text: String, tick: () -> Void) throws(Failure) -> [UInt8] {
        let folder = try Self.folder()
        let path = "\(folder)/message.imap"
        defer { Self.remove(folder) }
        try SafeFile.replace(path, mode: 0o600, Array(text.utf8))
        try self.run(path, tick: tick)
        do throws(InputError) {
            return try InputFile.contents(of: path, limit: Self.longest)
        } catch {
            throw Failure(.noInput, error.description)
        }
    }

    private static func folder() throws(Failure) -> String {
        let wishes = [Environment.value("XDG_RUNTIME_DIR"), Environment.value("TMPDIR")].compactMap(\.self)
        let parent = wishes.first { $0.hasPrefix("/") } ?? "/tmp"
        guard let random = try? RandomBytes.generate(count: 8) else {
            throw Failure(.software, "no random octets for the name of a file", blame: .imapscope)
        }
        let folder = "\(parent)/imapscope-\(Hexadecimal.string(random))"
        guard mkdir(folder, 0o700) == 0 else { throw Failure(creating: folder, errno) }
        return folder
    }

    /// With what the editor left beside the message.
    private static func remove(_ folder: String) {
        if let directory = opendir(folder) {
            while let entry = readdir(directory) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                    pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                if name != ".", name != ".." { unlink("\(folder)/\(name)") }
            }
            closedir(directory)
        }
        rmdir(folder)
    }

    // MARK: - The process

    private func run(_ path: String, tick: () -> Void) throws(Failure) {
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
            posix_spawn_file_actions_adddup2(&actions, self.terminal.descriptor, stream)
        }
        // A group of its own, so that what is typed there stops the editor and not this program; and no signal blocked, as
        // they are in this program's threads.
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigemptyset(&all)
        for signal in [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGUSR1, SIGTTIN, SIGTTOU, SIGTSTP] {
            sigaddset(&all, signal)
        }
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        posix_spawnattr_setflags(&attributes, Int16(flags))
        var child = pid_t()
        // As git does: the variable may hold options, so the shell takes it apart; the name of the file is no part of it.
        let words = ["/bin/sh", "-c", "\(self.command) \"$1\"", "sh", path]
        let result = Self.withArguments(words) { posix_spawn(&child, "/bin/sh", &actions, &attributes, $0, environ) }
        guard result == 0 else { throw Failure(.software, "cannot start \(self.command): \(systemErrorText(result))") }
        let status = self.wait(for: child, tick: tick)
        guard status == 0 else { throw Failure(.software, "\(self.command) ended with status \(status)") }
    }

    private static func withArguments<Result>(
        _ words: [String],
        _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let pointers = words.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        return body(pointers + [nil])
    }

    /// Gives the terminal to the editor until it ends; its exit status.
    private func wait(for child: pid_t, tick: () -> Void) -> Int32 {
        let before = tcgetpgrp(self.terminal.descriptor)
        tcsetpgrp(self.terminal.descriptor, child)
        // It may have been stopped because it asked for the terminal too early.
        kill(-child, SIGCONT)
        defer { if before > 0 { tcsetpgrp(self.terminal.descriptor, before) } }
        var status: Int32 = 0
        while true {
            let ended = waitpid(child, &status, WNOHANG | WUNTRACED)
            if ended < 0, errno != EINTR { return -1 }
            if ended == child {
                // wait(2): a stopped child has 0x7F in the low octet, one that ended by itself has 0 there.
                if status & 0xFF != 0x7F { return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F) }
                kill(-child, SIGCONT)
            }
            tick()
            usleep(Self.look)
        }
    }
}
