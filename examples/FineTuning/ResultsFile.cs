using System.Text.Json;

namespace FineTuningExample;

/// <summary>Runs that are done, a line of JSON each.</summary>
/// <param name="path">The file; null for results that last as long as the process.</param>
internal sealed class ResultsFile(string? path)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly List<Run> _runs = path is null || !File.Exists(path) ? [] : [.. File.ReadLines(path).Select((line, number) => Read(line, $"{path}, line {number + 1}"))];

    public IReadOnlyList<Run> Runs => _runs;

    public void Add(Run run)
    {
        _runs.Add(run);
        if (path is null)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.AppendAllText(path, JsonSerializer.Serialize(run, Json) + "\n");
    }

    private static Run Read(string line, string place)
    {
        try
        {
            return JsonSerializer.Deserialize<Run>(line, Json) ?? throw new JsonException("The line is null.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{place} is not a result: {exception.Message}", exception);
        }
    }
}
