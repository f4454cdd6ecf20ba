namespace FineTuningExample;

/// <summary>A labelled row.</summary>
internal sealed class Example
{
    public string Label { get; set; } = "";

    /// <summary>A text, or the path of a photo.</summary>
    public string Content { get; set; } = "";
}
