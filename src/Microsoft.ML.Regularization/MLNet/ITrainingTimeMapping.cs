namespace Microsoft.ML.Regularization.MLNet;

/// <summary>A transformer that gives the estimators behind it in a pipeline other rows while that is fitted. It is saved to model files.</summary>
internal interface ITrainingTimeMapping : ITransformer, ITransformerWithDifferentMappingAtTrainingTime
{
    /// <summary>The rows that estimators behind it are fitted on.</summary>
    IDataView TransformForTraining(IDataView input);

    /// <summary>Writes the transformer.</summary>
    /// <param name="start">Starts the part of a format.</param>
    void Write(Func<ModelFormat, ModelWriter> start);

    IDataView ITransformerWithDifferentMappingAtTrainingTime.TransformForTrainingPipeline(IDataView input) => TransformForTraining(input);

    void ICanSaveModel.Save(ModelSaveContext ctx) => Write(format => ModelWriter.Start(ctx, format));
}
