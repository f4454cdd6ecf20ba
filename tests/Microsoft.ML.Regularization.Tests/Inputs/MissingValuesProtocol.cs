using Microsoft.ML.Regularization.Tests.Golden;
using Microsoft.ML.Regularization.Tests.Networks;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Inputs;

/// <summary>
/// Rows with gaps in training, validation and scoring, for every architecture and task: no row is left out, none is predicted as something that is no number, and
/// what cannot be filled is refused by the name of its column and row.
/// </summary>
[TestClass]
public sealed class MissingValuesProtocol
{
    private const int Rows = 60;

    private static readonly float[] Gaps = [float.NaN, float.PositiveInfinity, float.NegativeInfinity];

    private static IEnumerable<object[]> Cases => ArchitectureProtocol.Quiet;

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Gaps_are_filled_or_refused(object architecture, string taskName)
    {
        var (own, task) = ((ArchitectureCase)architecture, LearningTasks.Find(taskName)!);
        var options = own.Options(RegularizationRecipe.None, epochs: 2) with { ValidationSet = View(WithGaps(InputExample.Of(30, seed: 3))) };
        if (own.FeatureColumnName == ArchitectureCase.Images)
        {
            AssertRefused(own, task, options);
            return;
        }

        var rows = WithGaps(InputExample.Of(Rows));
        var model = EveryTask.Trainer(new MLContext(seed: 2), task, options).Fit(View(rows));
        var history = model.GetNeuralNetwork().History;
        Assert.AreEqual((Rows, 30, 0), ((int)history.TrainingRows, (int)history.ValidationRows, (int)history.SkippedRows));
        Assert.IsTrue(history.Epochs.All(epoch => double.IsFinite(epoch.TrainingLoss) && double.IsFinite(epoch.ValidationLoss!.Value)));

        using var file = new MemoryStream();
        new MLContext().Model.Save(model, View(rows).Schema, file);
        file.Position = 0;
        var loaded = new MLContext().Model.Load(file, out _);
        var later = WithGaps(InputExample.Of(Rows, seed: 9), shift: 1);
        later[8].Features = [.. Enumerable.Repeat(float.NaN, 4)];
        later[8].Series = [.. Enumerable.Repeat(float.NaN, 2 * InputExample.Steps)];
        var scores = EveryTask.Scores(model, View(later));
        Assert.IsTrue(scores.All(row => row.All(float.IsFinite)));
        var again = EveryTask.Scores(loaded, View(later));
        var alone = later.ConvertAll(row => EveryTask.Scores(loaded, View([row]))[0]);
        for (var row = 0; row < Rows; row++)
        {
            Closeness.AssertClose(scores[row].AsSpan(), again[row], 1e-6, $"row {row}");
            Closeness.AssertClose(scores[row].AsSpan(), alone[row], 1e-5, $"row {row}");
        }

        if (own.FeatureColumnName is ArchitectureCase.Numbers or ArchitectureCase.Sequences)
            AssertRefused(own, task, options with { MissingValues = MissingValues.Refuse });
    }

    private static void AssertRefused(ArchitectureCase own, LearningTask task, NeuralNetworkOptions options)
    {
        var (complete, gap) = (InputExample.Of(Rows), InputExample.Of(Rows));
        gap[17] = WithGaps([gap[17]], every: 1)[0];
        options = options with { ValidationSet = null };
        var trainer = EveryTask.Trainer(new MLContext(seed: 2), task, options);
        AssertNames(Assert.ThrowsExactly<InvalidOperationException>(() => trainer.Fit(View(gap))));
        AssertNames(Assert.ThrowsExactly<InvalidOperationException>(
            () => EveryTask.Trainer(new MLContext(seed: 2), task, options with { ValidationSet = View(gap) }).Fit(View(complete))));
        var model = trainer.Fit(View(complete));
        AssertNames(Assert.ThrowsExactly<InvalidOperationException>(() => EveryTask.Scores(model, View(gap))));

        void AssertNames(Exception error) => StringAssert.Contains(error.Message, $"Column '{own.FeatureColumnName}', row 17: slot 0 is NaN");
    }

    private static List<InputExample> WithGaps(List<InputExample> rows, int shift = 0, int every = 3)
    {
        for (var i = 0; i < rows.Count; i += every)
        {
            var row = rows[i];
            foreach (var numbers in new[] { row.Features, row.Pixels, row.Series })
                numbers[(i / 3 + shift) % numbers.Length] = Gaps[i % 9 / 3];
        }

        return rows;
    }

    private static IDataView View(List<InputExample> rows) => new MLContext(seed: 1).Data.LoadFromEnumerable(rows);
}
