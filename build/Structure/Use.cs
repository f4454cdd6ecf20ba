namespace Microsoft.ML.Regularization.Structure;

/// <summary>A file names a type of another file, or calls an extension method of it.</summary>
internal sealed record Use(SourceFile From, SourceFile To, string Name)
{
    public override string ToString() => $"{From.Path} -> {To.Path} ({Name})";
}
