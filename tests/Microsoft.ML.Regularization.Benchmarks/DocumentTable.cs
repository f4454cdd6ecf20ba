namespace Microsoft.ML.Regularization.Benchmarks;

/// <summary>A table of a document, between two marks that name it.</summary>
/// <param name="name">What the marks call it.</param>
internal sealed class DocumentTable(string name)
{
    private readonly string _begin = $"<!-- {name}: begin -->";
    private readonly string _end = $"<!-- {name}: end -->";

    /// <summary>Puts a table into the place of the one before, and below it the processor.</summary>
    public void Write(string path, string table)
    {
        var document = File.ReadAllText(path);
        var (begin, end) = (document.IndexOf(_begin, StringComparison.Ordinal), document.IndexOf(_end, StringComparison.Ordinal));
        if (begin < 0 || end < begin)
            throw new InvalidDataException($"{path} lacks the marks '{_begin}' and '{_end}' for the table.");
        File.WriteAllText(path, document[..(begin + _begin.Length)] + $"\n{table.TrimEnd()}\n\n{Processor.Line}\n" + document[end..]);
    }
}
