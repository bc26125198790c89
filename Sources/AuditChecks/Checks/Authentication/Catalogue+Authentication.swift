extension Catalogue {
    static let authentication: [any Check.Type] = [
        MalformedMessage.self,
        ActsAsOther.self,
        BadBase64.self,
        InitialResponseForm.self,
        AuthenticationCancelled.self,
        ChallengeForm.self,
        ErrorTellsUser.self,
        GuessingNotSlowed.self,
        PasswordSpraying.self,
        LoginAnswerCode.self,
        SecondLogin.self,
        CapabilitiesBeforeLayer.self,
        SecurityLayerBegins.self,
        UnknownServer.self,
        SecretInClearAndTLS.self,
    ]
}
