using System.Reflection;
using Microsoft.ML.Regularization.Tests.Regularizers;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Training;

/// <summary>Absurd options and targets end in finite predictions, or in an error that names them.</summary>
[TestClass]
public sealed class DivergenceTests
{
    private const double Absurd = 1e30;

    private readonly MLContext _ml = new(seed: 1);

    // Every number of every kind of regularizer, optimizer, loss and schedule.
    private static IEnumerable<object[]> Numbers
    {
        get
        {
            var seen = new HashSet<string>();
            foreach (var options in Variants)
            {
                foreach (var path in Paths(options))
                {
                    if (seen.Add(string.Join('.', path.Select(property => $"{property.DeclaringType!.Name}.{property.Name}"))))
                        yield return [options, string.Join('.', path.Select(property => property.Name))];
                }
            }
        }
    }

    private static IEnumerable<NeuralNetworkOptions> Variants
    {
        get
        {
            var plain = SmallNetwork.Options with { MaxEpochs = 3, Recipe = RegularizationRecipe.None };
            foreach (var recipe in RegularizerProtocol.AllRecipes)
                yield return plain with { Recipe = recipe };
            foreach (var optimizer in new Optimizer[] { Optimizer.Adam(), Optimizer.Sgd(0.9), Optimizer.RmsProp() })
                yield return plain with { Optimizer = optimizer };
            yield return plain with { Loss = LossFunction.Focal() };
            yield return plain with { Loss = LossFunction.Huber() };
            foreach (var schedule in new LearningRateSchedule[]
            {
                new OneCycleSchedule(), new CosineSchedule(), new StepSchedule(), new ExponentialSchedule(), new FlatThenCosineSchedule(), new ReduceOnPlateauSchedule(),
            })
            {
                yield return plain with { Schedule = schedule };
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(Numbers))]
    public void An_absurd_number_is_refused_or_blamed_or_does_no_harm(object variant, string path)
    {
        var (options, log) = ((NeuralNetworkOptions)variant, new LogRecorder(_ml));
        var name = path.Split('.')[^1];
        var task = options.Loss is HuberLoss ? LearningTask.Regression : LearningTask.MulticlassClassification;
        options = options with { Architecture = RegularizerProtocol.ArchitectureFor(options.Recipe!) };
        if (options.Architecture.Takes.HasFlag(NetworkInputs.Images))
            options = options with { ImageShape = new ImageShape(2, 2) };
        var absurd = (NeuralNetworkOptions)With(options, path.Split('.'), Absurd);
        var view = _ml.Rows(60);
        ITransformer model;
        try
        {
            model = EveryTask.Trainer(_ml, task, absurd).Fit(view);
        }
        catch (Exception exception) when (exception is ArgumentOutOfRangeException or InvalidOperationException)
        {
            Assert.Contains(name, exception.Message);
            return;
        }

        var history = model.GetNeuralNetwork().History;
        if (history.StopReason == StopReason.Diverged)
            Assert.IsTrue(log.Warnings.Any(warning => warning.Contains(name, StringComparison.Ordinal)), string.Join('\n', log.Warnings));
        Assert.IsTrue(EveryTask.Scores(model, view).TrueForAll(scores => scores.All(float.IsFinite)), "scores");
    }

    [TestMethod]
    public void What_is_absurd_is_named_before_the_learning_rate()
    {
        var options = SmallNetwork.Options with { Optimizer = Optimizer.Sgd(), Recipe = RegularizationRecipe.None with { L2 = Absurd } };
        var error = Assert.Throws<InvalidOperationException>(() => _ml.Fit(options, _ml.Rows(60)));
        Assert.Contains("Lower Recipe.L2 (1E+30), far beyond what is usual", error.Message);
        Assert.DoesNotContain("LearningRate", error.Message);
    }

    [TestMethod]
    public void Targets_next_to_the_end_of_floats_are_refused_with_their_row()
    {
        foreach (var target in new[] { 3e38f, -3e38f, 1.1e30f })
        {
            var rows = Example.Clusters(30);
            rows[7].Target = target;
            var error = Assert.Throws<InvalidOperationException>(() => Regression(rows));
            Assert.Contains("'Target', row 7", error.Message);
            Assert.Contains("from -1E+30 to 1E+30", error.Message);
        }
    }

    [TestMethod]
    [DataRow(1e30f)]
    [DataRow(1e-30f)]
    public void Targets_of_any_size_in_range_give_finite_predictions(float size)
    {
        var rows = Example.Clusters(60);
        rows.ForEach(row => row.Target = row.Id % 2 == 0 ? size : -size);
        var model = Regression(rows);
        rows.ForEach(row => row.Features = [.. row.Features.Select(feature => 1e10f * feature)]);
        Assert.IsTrue(EveryTask.Scores(model, _ml.Data.LoadFromEnumerable(rows)).TrueForAll(score => float.IsFinite(score[0])));
    }

    [TestMethod]
    public void A_validation_target_of_another_world_is_named()
    {
        var far = Example.Clusters(10, seed: 2);
        far[3].Target = 1e25f;
        var trainer = _ml.Regression.Trainers.NeuralNetwork(SmallNetwork.Options with { LabelColumnName = "Target" });
        var error = Assert.Throws<InvalidOperationException>(() => trainer.Fit(_ml.Rows(60), _ml.Data.LoadFromEnumerable(far)));
        Assert.Contains("'Target'", error.Message);
        Assert.Contains("but one is 1E+25", error.Message);
    }

    private NeuralNetworkRegressionTransformer Regression(List<Example> rows) =>
        _ml.Regression.Trainers.NeuralNetwork(SmallNetwork.Options with { LabelColumnName = "Target" }).Fit(_ml.Data.LoadFromEnumerable(rows));

    private static IEnumerable<PropertyInfo[]> Paths(object options) =>
        from property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.SetMethod is not null && property.GetIndexParameters().Length == 0
        let type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType
        from path in type == typeof(double)
            ? [[property]]
            : property.PropertyType.Assembly == typeof(RegularizationRecipe).Assembly && property.GetValue(options) is { } part && part is not System.Collections.IEnumerable
                ? Paths(part).Select(rest => rest.Prepend(property).ToArray())
                : []
        select path;

    private static object With(object options, ReadOnlySpan<string> path, double value)
    {
        var clone = typeof(object).GetMethod("MemberwiseClone", BindingFlags.NonPublic | BindingFlags.Instance)!.Invoke(options, null)!;
        var property = clone.GetType().GetProperty(path[0])!;
        property.SetValue(clone, path.Length == 1 ? value : With(property.GetValue(options)!, path[1..], value));
        return clone;
    }
}
