package dev.appenv.operator.aws.memory;

import java.util.Map;
import software.amazon.awssdk.services.ec2.model.DeleteKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.DeleteKeyPairResponse;
import software.amazon.awssdk.services.ec2.model.DescribeKeyPairsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeKeyPairsResponse;
import software.amazon.awssdk.services.ec2.model.ImportKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.ImportKeyPairResponse;
import software.amazon.awssdk.services.ec2.model.KeyPairInfo;

final class KeyPairs {
  private final MemoryRegion region;
  final Shelf<KeyPairInfo> shelf;

  KeyPairs(MemoryRegion region) {
    this.region = region;
    this.shelf = new Shelf<>(region, "InvalidKeyPair.NotFound", Map.of());
  }

  void mustHave(String name) {
    if (shelf.all().stream().noneMatch(k -> k.keyName().equals(name)))
      throw AwsErrors.refused(
          "InvalidKeyPair.NotFound", "The key pair '%s' does not exist".formatted(name));
  }

  ImportKeyPairResponse importKey(ImportKeyPairRequest request) {
    if (shelf.all().stream().anyMatch(k -> k.keyName().equals(request.keyName())))
      throw AwsErrors.refused(
          "InvalidKeyPair.Duplicate",
          "The keypair '%s' already exists.".formatted(request.keyName()));
    var id = region.newId("key");
    region.tags.born(id, "key-pair", request.tagSpecifications());
    // AWS keeps type and key and puts the pair's name behind them.
    var words = request.publicKeyMaterial().asUtf8String().strip().split("\\s+", -1);
    shelf.add(
        id,
        KeyPairInfo.builder()
            .keyPairId(id)
            .keyName(request.keyName())
            .publicKey("%s %s %s".formatted(words[0], words[1], request.keyName()))
            .build());
    return ImportKeyPairResponse.builder().keyPairId(id).keyName(request.keyName()).build();
  }

  /** Deleting what is not there succeeds, as in AWS. */
  DeleteKeyPairResponse delete(DeleteKeyPairRequest request) {
    if (shelf.find(request.keyPairId()).isPresent()) shelf.remove(request.keyPairId());
    return DeleteKeyPairResponse.builder().build();
  }

  DescribeKeyPairsResponse describe(DescribeKeyPairsRequest request) {
    var found =
        request.hasKeyPairIds()
            ? shelf.byIds(request.keyPairIds())
            : shelf.page(request.filters(), null, null).things();
    return DescribeKeyPairsResponse.builder()
        .keyPairs(found.stream().map(this::tagged).toList())
        .build();
  }

  private KeyPairInfo tagged(KeyPairInfo pair) {
    return pair.toBuilder().tags(region.tags.list(pair.keyPairId())).build();
  }
}
