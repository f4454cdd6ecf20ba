using Microsoft.Extensions.ObjectPool;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace WebService;

/// <summary>A model in memory, and the engines that predict with it.</summary>
internal sealed class ModelVersion
{
    private const int ReasonsShown = 3;

    private readonly ObjectPool<PredictionEngine<Credit, Assessment>> _engines;
    private readonly string[] _columns;
    private readonly string _path;
    private readonly (long, DateTime) _file;

    private ModelVersion(int number, string path, MLContext ml, ITransformer model)
    {
        (_path, _file) = (path, FileAt(path));
        (Number, Model) = (number, model);
        _engines = new DefaultObjectPool<PredictionEngine<Credit, Assessment>>(new EnginePolicy(ml, model));
        VBuffer<ReadOnlyMemory<char>> names = default;
        model.GetOutputSchema(ml.Data.LoadFromEnumerable(Array.Empty<Credit>()).Schema)[nameof(Assessment.Contributions)].GetSlotNames(ref names);
        _columns = [.. names.DenseValues().Select(name => name.ToString())];

        // A model that cannot answer must not become the one that serves.
        _ = Assess(new Credit { Records = "no" });
    }

    public int Number { get; }

    public ITransformer Model { get; }

    /// <summary>Why a restart would serve something else: somebody wrote over the file, or removed it. Null where nobody did.</summary>
    public string? Problem => FileAt(_path) == _file ? null : $"The file of version {Number} is not the one that was read: it serves from memory.";

    /// <summary>Reads a version from its file, and lets it answer once.</summary>
    /// <exception cref="InvalidDataException">The file is no such model.</exception>
    public static ModelVersion Load(int number, string path)
    {
        try
        {
            var ml = new MLContext();
            using var stream = File.OpenRead(path);
            return new ModelVersion(number, path, ml, ml.Model.Load(stream, out _));
        }
        catch (Exception exception) when (exception is not FileNotFoundException)
        {
            throw new InvalidDataException($"Version {number} cannot serve: {exception.Message}", exception);
        }
    }

    public Answer Assess(Credit credit)
    {
        var engine = _engines.Get();
        try
        {
            var assessment = engine.Predict(credit);
            var reasons = assessment.Contributions.Select((value, column) => new Reason(_columns[column], value))
                .OrderByDescending(reason => Math.Abs(reason.Contribution)).Take(ReasonsShown);
            return new Answer(Number, assessment.Probability, assessment.PredictedLabel, [.. reasons]);
        }
        finally
        {
            _engines.Return(engine);
        }
    }

    private static (long, DateTime) FileAt(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? (file.Length, file.LastWriteTimeUtc) : default;
    }
}
