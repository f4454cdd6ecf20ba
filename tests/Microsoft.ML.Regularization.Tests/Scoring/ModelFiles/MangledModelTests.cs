using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Networks;
using Microsoft.ML.Regularization.Tests.Tokenization;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Scoring.ModelFiles;

/// <summary>
/// Whatever is changed in a model file, its checksums included: it is refused when it is loaded, by an error that says what is wrong with the file, or it
/// scores. The environment variable MANGLED_MODELS sets how many files are tried, in place of a few hundred.
/// </summary>
[TestClass]
public sealed class MangledModelTests
{
    private static readonly int Mutants = int.TryParse(Environment.GetEnvironmentVariable("MANGLED_MODELS"), out var count) ? count : 300;
    private static readonly MLContext Ml = new(seed: 1);
    private static readonly IDataView Inputs = Ml.Data.LoadFromEnumerable(InputExample.Of(12));
    private static readonly IDataView Examples = Ml.Data.LoadFromEnumerable(Example.Clusters(12));

    [TestMethod]
    public void It_is_refused_when_it_is_loaded_or_it_scores()
    {
        var models = Models().Select(model => (model.Name, model.Rows, File: new ModelFile(model.Fitted, model.Rows.Schema))).ToList();
        var random = new Random(20260101);
        var (refused, faults) = (0, new List<string>());
        for (var mutant = 0; mutant < Mutants; mutant++)
        {
            var (name, rows, file) = models[mutant % models.Count];
            var streams = file.Checked;
            var stream = streams.Count == 0 || random.Next(12) == 0 ? KeyOf(file, random) : streams[random.Next(streams.Count)];
            var (content, what) = Mutation.Of(stream, file.Entries[stream], random);
            try
            {
                refused += IsRefused(file.With(stream, content), rows) ? 1 : 0;
            }
            catch (Exception exception)
            {
                faults.Add($"{name}, {stream}, {what}: {exception}");
            }
        }

        Assert.IsEmpty(faults, $"{faults.Count} of {Mutants}: " + string.Join(Environment.NewLine, faults.Take(20)));
        Assert.IsTrue(refused > Mutants / 3 && refused < Mutants, $"{refused} of {Mutants} refused");
    }

    [TestMethod]
    public void Every_stream_of_the_librarys_own_has_a_checksum()
    {
        foreach (var (name, rows, fitted) in Models())
        {
            var file = new ModelFile(fitted, rows.Schema);
            var own = file.Entries.Keys.Where(path => Path.GetFileName(path) is not ("Model.key" or "TrainSchema" or "Schema" or "Version.txt" or "Terms.txt"));
            CollectionAssert.AreEquivalent(own.ToList(), file.Checked, name);
        }
    }

    private static IEnumerable<(string Name, IDataView Rows, ITransformer Fitted)> Models()
    {
        foreach (var (own, place) in ArchitectureCases.All.Select((own, place) => (own, place)))
        {
            var task = LearningTasks.All[place % 3];
            var recipe = RegularizationRecipe.None with
            {
                Dropout = own.Architecture is CustomArchitecture ? null : place % 4 == 1 && own.Architecture is MlpArchitecture ? new VariationalDropout() : 0.1,
                Augmentations = place == 0 ? [new GaussianNoiseOptions()] : null,
            };
            var trained = own.Trainer(task, recipe, epochs: 1).Fit(Inputs);
            yield return (own.ToString(), Inputs, trained);
            if (place % 4 == 0 && own.Architecture is not CustomArchitecture)
            {
                var spread = Ml.Transforms.MonteCarlo(trained.GetNeuralNetwork(), own.FeatureColumnName, passes: 2, seed: 1);
                yield return ($"Monte Carlo of {own}", Inputs, trained.Append(spread));
            }
        }

        foreach (var vocabulary in new[] { TinyVocabularies.WordPiece(), TinyVocabularies.BytePairs() })
        {
            var options = new SubwordTokenizationOptions { OutputColumnName = "Pieces", InputColumnName = "Sentence", Vocabulary = vocabulary };
            yield return (vocabulary.GetType().Name, Examples, Ml.Transforms.Text.TokenizeIntoSubwords(options).Fit(Examples));
        }

        var groups = new GroupOptions { Pulls = [1], ComparedGroups = 0, MinRows = 4, MaxEpochs = 1 };
        var trainer = Ml.Regression.Trainers.NeuralNetwork(SmallNetwork.Options with { LabelColumnName = "Target", MaxEpochs = 1 });
        yield return ("groups", Examples, Ml.Regularization().FitEach(trainer, Examples, "Name", groups));
        yield return ("augmentations", Examples, Ml.Transforms.HoldOut().Append(Ml.Transforms.Mixup()).Fit(Examples));
    }

    // Of the streams that ML.NET writes those of the library's own transformers, which have their options in them.
    private static string KeyOf(ModelFile file, Random random)
    {
        var keys = file.Entries.Keys.Where(path => path.EndsWith("Model.key", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        return keys[random.Next(keys.Count)];
    }

    private static bool IsRefused(byte[] file, IDataView rows)
    {
        ITransformer model;
        try
        {
            model = ModelFile.Load(file);
        }
        catch (Exception exception) when (IsTyped(exception))
        {
            return true;
        }

        IDataView scored;
        try
        {
            scored = model.Transform(rows);
        }
        catch (ArgumentOutOfRangeException)
        {
            // A column that these rows do not have.
            return true;
        }

        try
        {
            Score(scored, rows);
        }
        catch (InvalidOperationException exception) when (exception.Message.Contains("outputs are not finite", StringComparison.Ordinal))
        {
            // A bit more makes a weight of 1e38, a number like any other, and what is computed of it too large; the error says so.
            return true;
        }

        return false;
    }

    private static void Score(IDataView scored, IDataView rows)
    {
        foreach (var column in scored.Schema.Where(column => column.Index >= rows.Schema.Count))
        {
            switch (column.Type)
            {
                case VectorDataViewType { ItemType: NumberDataViewType }:
                    Assert.IsTrue(scored.GetColumn<float[]>(column).All(row => row.All(value => !float.IsNaN(value))), $"{column.Name} is not a number");
                    break;
                case NumberDataViewType:
                    Assert.IsTrue(scored.GetColumn<float>(column).All(value => !float.IsNaN(value)), $"{column.Name} is not a number");
                    break;
                case VectorDataViewType { ItemType: KeyDataViewType }:
                    Assert.HasCount(12, scored.GetColumn<uint[]>(column).ToList());
                    break;
                default:
                    break;
            }
        }
    }

    // ML.NET wraps what loaders throw, and reads its own streams, which name assemblies and columns, with errors of its own.
    private static bool IsTyped(Exception exception)
    {
        var isTyped = false;
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            isTyped |= inner is FormatException or InvalidDataException;
            if (inner is NullReferenceException or IndexOutOfRangeException or OutOfMemoryException or KeyNotFoundException)
                return isTyped;
            isTyped |= inner is IOException or ArgumentException;
        }

        // A network of the user's own that is of another type.
        return isTyped || new[] { "The network is made by the type", "cannot be made of the properties" }
            .Any(message => exception.ToString().Contains(message, StringComparison.Ordinal));
    }
}
