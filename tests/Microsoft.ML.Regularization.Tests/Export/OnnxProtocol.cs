using Microsoft.ML.Regularization.Tests.Networks;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Export;

/// <summary>OnnxRuntime gives the scores of the model for every architecture and task, for a single row and for 1,000.</summary>
[TestClass]
public sealed class OnnxProtocol
{
    private const int TrainingRows = 60;
    private const int Rows = 1000;

    private static readonly IDataView Training = new MLContext().Data.LoadFromEnumerable(InputExample.Of(TrainingRows));
    private static readonly IDataView View = new MLContext().Data.LoadFromEnumerable(InputExample.Of(Rows, seed: 2));

    private static IEnumerable<object[]> All =>
        from architecture in ArchitectureCases.All
        where architecture.Architecture is not CustomArchitecture
        from task in LearningTasks.All
        select new object[] { architecture, task.ToString() };

    [TestMethod]
    [DynamicData(nameof(All))]
    public void Scores_are_those_of_the_model(object architecture, string taskName)
    {
        var own = (ArchitectureCase)architecture;
        var model = own.Trainer(LearningTasks.Find(taskName)!, RegularizationRecipe.None, epochs: 2).Fit(Training);

        OnnxParity.Check(model, View, own.FeatureColumnName);
    }
}
