namespace Microsoft.ML.Regularization.Pretrained;

/// <summary>How protobuf stores a field; groups, which have gone out of use, are not among these.</summary>
internal enum ProtobufType
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    Fixed32 = 5,
}
