import IMAPProtocol

extension ServerProbe {
    static let preauthGreeting = ServerProbe(
        id: "preauth-greeting",
        title: "a greeting that logs everybody in",
        reference: "RFC 9051 section 7.1.4; RFC 3501 section 7.1.4",
        remedy: "let nobody be logged in by the mere connection; PREAUTH is for pipes and client certificates"
    ) { target in
        let judge: @Sendable (ProbeAnswer) -> ProbeStep = { greeting in
            let line = greeting.final?.shown ?? ""
            return greeting.status == .preauth
                ? .vulnerable(
                    "the greeting is “\(line)”: STARTTLS is not allowed behind it, and somebody is logged in already"
                )
                : .pass("the greeting is “\(line)”")
        }
        if target.security == .starttls { return target.inCleartext(judge) }
        return target.underTLS { _, greeting in greeting.map(judge) ?? .notCheckable("there was no greeting") }
    }
}
