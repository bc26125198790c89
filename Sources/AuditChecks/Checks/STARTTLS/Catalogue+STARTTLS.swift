extension Catalogue {
    static let startTLS: [any Check.Type] = [
        StartTLSStripped.self,
        CleartextAfterRefusal.self,
        CleartextAfterBad.self,
        CleartextAfterInvalid.self,
        EarlyCompletion.self,
        CommandInjection.self,
        ResponseInjection.self,
        HandshakeTooEarly.self,
        StaleCapabilities.self,
        StartTLSStillOffered.self,
        CleartextPreauth.self,
        MailboxDataTooEarly.self,
        AlertBeforeTLS.self,
        ReferralBeforeTLS.self,
        BadGreeting.self,
        LateStartTLS.self,
        BaselineLost.self,
        NoIMAPRevision.self,
        OtherDataTooEarly.self,
    ]
}
