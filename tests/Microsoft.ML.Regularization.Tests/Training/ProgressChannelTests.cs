using System.Collections;
using System.Reflection;

namespace Microsoft.ML.Regularization.Tests.Training;

[TestClass]
public sealed class ProgressChannelTests
{
    /// <summary>ML.NET's hosts, such as its command-line tools, read progress channels from a tracker that is not public.</summary>
    [TestMethod]
    public void MLNETs_progress_channel_carries_every_epoch()
    {
        var ml = new MLContext(seed: 1);
        var history = ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions { MaxEpochs = 4 })
            .Fit(ml.Data.LoadFromEnumerable(Example.Clusters(90))).Model.History;

        var tracker = Member(Member(ml, "_env"), "ProgressTracker");
        var events = (IEnumerable)tracker.GetType().GetMethod("GetAllProgress")!.Invoke(tracker, null)!;
        var entries = events.Cast<object>()
            .Where(progress => ((string)Member(progress, "Name")).Contains("neural network", StringComparison.Ordinal))
            .Select(progress => progress.GetType().GetField("ProgressEntry")!.GetValue(progress))
            .OfType<object>()
            .Where(entry => (bool)Member(entry, "IsCheckpoint"))
            .ToList();

        var epochs = history.Epochs.Concat(history.RetrainingEpochs).ToList();
        Assert.HasCount(epochs.Count, entries);
        for (var i = 0; i < entries.Count; i++)
        {
            var epoch = epochs[i];
            CollectionAssert.AreEqual(
                new double?[] { epoch.TrainingLoss, epoch.ValidationLoss, epoch.ValidationAccuracy }, (double?[])Member(entries[i], "Metrics"));
            CollectionAssert.AreEqual(new double?[] { epoch.Epoch }, (double?[])Member(entries[i], "Progress"));
        }
    }

    private static object Member(object owner, string name)
    {
        for (var type = owner.GetType(); type is not null; type = type.BaseType)
        {
            if (type.GetField(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic) is { } field)
                return field.GetValue(owner)!;
        }

        throw new MissingFieldException(owner.GetType().Name, name);
    }
}
