using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Trainers;

/// <summary>Finds the columns that a trainer reads, and lists those that its model adds.</summary>
internal static class FitColumns
{
    private const string PreviousModel = "previousModel";

    /// <summary>The columns of rows that are scored.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, or of a type that the trainer cannot read.</exception>
    public static SchemaShape OutputsOf(TrainerSetup setup, SchemaShape inputSchema)
    {
        var (host, task, labelName) = (setup.Host, setup.Task, setup.Options.LabelColumnName);
        host.CheckValue(inputSchema, nameof(inputSchema));
        ColumnsCheck.Check(host, inputSchema, setup.Options, setup.Plan.Architecture.Takes);
        if (!inputSchema.TryFindColumn(labelName, out var label))
            throw host.ExceptSchemaMismatch(nameof(inputSchema), "label", labelName);
        if (!task.Takes(label))
            throw host.ExceptSchemaMismatch(nameof(inputSchema), "label", label.Name, task.ExpectedLabel(label.ItemType), label.GetTypeString());
        var columns = inputSchema.ToDictionary(column => column.Name);
        foreach (var column in task.ScoreShape(label))
            columns[column.Name] = column;
        return new SchemaShape(columns.Values);
    }

    public static TrainingColumns Find(TrainerSetup setup, IDataView view)
    {
        var (options, plan) = (setup.Options, setup.Plan);
        var memory = TrainingMemory.Of(plan.Architecture, plan.Optimizer, plan.BatchSize, view.GetRowCount());
        var request = new InputRequest(options.FeatureColumnName, memory)
        {
            CategoricalColumnNames = options.CategoriesIn(SchemaShape.Create(view.Schema)),
            ImageShape = options.ImageShape,
            MissingValues = options.MissingValues,
        };
        var columns = new TrainingColumns(setup.Host, view.Schema, setup.Task, request, options.LabelColumnName, options.ExampleWeightColumnName);
        plan.Architecture.CheckRecipe(setup.Host, plan.Recipe, columns.Input.Layout);
        if (setup.Task.IsSoft(columns.Label.Type))
            TaskChecks.CheckSoftLabels(setup.Host, options.Loss, columns.Label.Name, columns.Label.Type);
        return PretrainedColumns.In(setup, columns, view.Schema);
    }

    /// <summary>The columns with their keys translated to those of a network that is trained on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The trainer cannot continue from this network.</exception>
    public static TrainingColumns Behind(TrainerSetup setup, TrainedNetwork network, TrainingColumns columns, DataViewSchema schema)
    {
        var architecture = setup.Plan.Architecture;
        Check(network.Architecture.Equals(architecture), $"is {network.Architecture}, but the trainer's Architecture is {architecture}");
        var (theirs, ours) = (Math.Max(1, network.Members.Count), setup.Plan.Members);
        Check(theirs == ours, $"is of {theirs} members, but the trainer's Members is {ours}");
        if (network.Input.HasColumnsOf(columns.Input.Layout))
            columns = columns.In(setup.Host, schema, network.Keys, new KeyTranslation("the training set", "the previous model", PreviousModel));
        var input = columns.Input.Layout;
        Check(network.Input == input, $"takes {network.Input}, but column '{columns.InputName}' has {input}");
        Check(network.Outputs == columns.Target.Outputs, $"has {network.Outputs} classes, but column '{columns.Label.Name}' has {columns.Target.Outputs}");
        return columns;

        void Check(bool holds, string difference)
        {
            if (!holds)
                throw setup.Host.ExceptUserArg(PreviousModel, $"The previous model's network {difference}.");
        }
    }
}
