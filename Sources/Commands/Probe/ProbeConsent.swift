import Reporting

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Whether the user agrees to the plan.
enum ProbeConsent {
    static func ask(isAgreed: Bool) throws {
        guard !isAgreed else { return }
        guard isatty(STDIN_FILENO) == 1 else {
            throw CommandLineError(
                summary: "nobody is there to agree to the plan: standard input is no terminal",
                advice: "--yes agrees to it"
            )
        }
        writeDiagnostic(Array("Go on? [y/N] ".utf8))
        let answer = readLine()?.lowercased() ?? ""
        guard answer == "y" || answer == "yes" else {
            throw Failure(.usage, "nothing was sent", advice: "answer y, or give --yes")
        }
    }
}
