namespace AppRunner.Client.Calls;

/// <summary>One call of an operation.</summary>
internal sealed class JsonCall(JsonService service, string operation, byte[] body, bool changesState)
{
    public JsonService Service { get; } = service;

    public string Operation { get; } = operation;

    public byte[] Body { get; } = body;

    /// <summary>Whether sending it a second time could do harm.</summary>
    public bool ChangesState { get; } = changesState;

    /// <summary>How often it was sent.</summary>
    public int Attempts { get; set; }
}
